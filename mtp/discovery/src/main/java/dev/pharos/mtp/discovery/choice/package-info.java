// SPDX-License-Identifier: Apache-2.0
/// What was found, why something was not, and which controller it comes to.
@NullMarked
package dev.pharos.mtp.discovery.choice;

import org.jspecify.annotations.NullMarked;
