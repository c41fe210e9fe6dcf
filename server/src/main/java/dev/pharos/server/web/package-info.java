// SPDX-License-Identifier: Apache-2.0
/// The web server: Spring and what it is told, nothing of our own business.
@NullMarked
package dev.pharos.server.web;

import org.jspecify.annotations.NullMarked;
