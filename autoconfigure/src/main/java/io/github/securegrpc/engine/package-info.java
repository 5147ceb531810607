/**
 * What every engine needs, and what none of them may leave open: that the servers and
 * channels that run are the ones that were secured, and that every setting is read.
 */
@NullMarked
package io.github.securegrpc.engine;

import org.jspecify.annotations.NullMarked;
