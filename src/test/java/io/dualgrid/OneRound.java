package io.dualgrid;

import com.tngtech.archunit.junit.ArchTag;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Leaves a class of tests out of the round without native libraries: what it shows does not depend
 * on which backend computes. {@link TestRoundsTest} says when this is allowed.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("one-round")
@ArchTag("one-round")
public @interface OneRound {}
