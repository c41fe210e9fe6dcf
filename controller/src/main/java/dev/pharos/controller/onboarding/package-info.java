// SPDX-License-Identifier: Apache-2.0
/// Learning a device step by step when it is new or has changed.
@NullMarked
package dev.pharos.controller.onboarding;

import org.jspecify.annotations.NullMarked;
