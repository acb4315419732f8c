package io.dualgrid;

import com.tngtech.archunit.junit.ArchTag;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Leaves a class of tests, or one test of a class, out of the round without native libraries: what
 * it shows does not depend on which backend computes, other tests show it there in fewer cases, or
 * it names the one in Java itself. {@link TestRoundsTest} says when this is allowed.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("one-round")
@ArchTag("one-round")
public @interface OneRound {}
