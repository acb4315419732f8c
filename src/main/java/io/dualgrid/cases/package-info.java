/** Cases: format, reading, validation, import, and the feeder as a tree. */
package io.dualgrid.cases;
