/**
 * What the commands find out, and how they print it. Needs no picocli.
 */
@NullMarked
package io.github.securegrpc.certs.cli.report;

import org.jspecify.annotations.NullMarked;
