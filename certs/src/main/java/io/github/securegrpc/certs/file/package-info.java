/**
 * Files that appear complete or not at all, and directories that belong to nobody else.
 * Knows nothing of what they hold.
 */
@NullMarked
package io.github.securegrpc.certs.file;

import org.jspecify.annotations.NullMarked;
