// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;

/// The passkeys of the person who asks, oldest first.
///
/// @param origin where the page must be open for them: `https://pharos.example`
/// @param most as many as one person may have
public record PasskeyPage(List<Passkey> items, String origin, int most) {}
