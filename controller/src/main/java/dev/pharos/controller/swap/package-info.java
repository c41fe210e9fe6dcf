/// One router in the place of another: which personal settings of the old one the new one gets, and what of them cannot
/// be.
@NullMarked
package dev.pharos.controller.swap;

import org.jspecify.annotations.NullMarked;
