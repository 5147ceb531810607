/**
 * The sample application: one Spring Boot application in which each scenario is a profile
 * and a package.
 */
@NullMarked
package io.github.securegrpc.sample;

import org.jspecify.annotations.NullMarked;
