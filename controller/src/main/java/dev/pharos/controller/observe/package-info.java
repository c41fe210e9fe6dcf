// SPDX-License-Identifier: Apache-2.0
/// What happens in the Controller, for those who look on.
@NullMarked
package dev.pharos.controller.observe;

import org.jspecify.annotations.NullMarked;
