package io.github.securegrpc.migration;

import org.jspecify.annotations.Nullable;

/**
 * A value, and how its file spells it.
 *
 * @param value what the application reads
 * @param source as it stands in the file, with its quotes; none where we made the value
 */
record Text(String value, @Nullable String source) {

}
