# Sourced by scripts/bench and scripts/sweep: builds the program and its benchmarks when they are
# missing or older than their sources. Sets java and benchmarks.
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
benchmarks=bench/target/benchmarks.jar

build_benchmarks() {
  local newer
  if [ -f "$benchmarks" ]; then
    newer=$(find pom.xml src/main data bench/pom.xml bench/src native/dense native/osqp native/qp native/seal \
      -newer "$benchmarks" -type f -print -quit) # not through head: find fails where it is gone
    if [ -z "$newer" ]; then return; fi
  fi
  echo "building the program and its benchmarks"
  scripts/build-native || echo "no native libraries: only the Java backends can be measured" >&2
  # into target folders only; nothing is installed
  mvn -q -B -ntp -f bench/reactor.xml -DskipTests -Dwarnings.fail=false package
}
