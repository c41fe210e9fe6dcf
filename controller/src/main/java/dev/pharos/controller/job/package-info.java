// SPDX-License-Identifier: Apache-2.0
/// Jobs: the same requests to many devices, each of which has a state of its own, and none of which is run twice
/// because
/// a server died.
@NullMarked
package dev.pharos.controller.job;

import org.jspecify.annotations.NullMarked;
