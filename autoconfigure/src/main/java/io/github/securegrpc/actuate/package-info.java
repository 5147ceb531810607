/**
 * What operators ask: health, endpoint and meters, all of the generation in force.
 */
@NullMarked
package io.github.securegrpc.actuate;

import org.jspecify.annotations.NullMarked;
