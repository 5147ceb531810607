@NullMarked
package io.github.securegrpc.migration;

import org.jspecify.annotations.NullMarked;
