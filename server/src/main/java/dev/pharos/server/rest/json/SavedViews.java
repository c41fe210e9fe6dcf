// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;

/// The views of whoever asks, by name.
///
/// @param most as many as one may have
public record SavedViews(List<SavedView> items, int most) {}
