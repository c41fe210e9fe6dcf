// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;

/// What a job would concern if it were made now. Nothing was done.
///
/// @param first the ids of some of its devices
/// @param detail the same as a sentence
public record JobPreview(long devices, long online, List<String> first, List<String> steps, String detail) {}
