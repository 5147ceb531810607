/**
 * Text that others wrote, and names, made fit to be read: in a log, a status, JSON and a
 * terminal. Imports nothing of ours.
 */
@NullMarked
package io.github.securegrpc.text;

import org.jspecify.annotations.NullMarked;
