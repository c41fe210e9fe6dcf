// SPDX-License-Identifier: Apache-2.0
/// The Controller: reaches devices, keeps what they said, and tells observers.
@NullMarked
package dev.pharos.controller;

import org.jspecify.annotations.NullMarked;
