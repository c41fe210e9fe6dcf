@NullMarked
package dev.pharos.controller.swap;

import org.jspecify.annotations.NullMarked;
