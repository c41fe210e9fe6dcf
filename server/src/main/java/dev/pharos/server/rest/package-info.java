// SPDX-License-Identifier: Apache-2.0
/// The REST interface: one small controller for each resource.
@NullMarked
package dev.pharos.server.rest;

import org.jspecify.annotations.NullMarked;
