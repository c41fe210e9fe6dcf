// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;

/// All tokens, without their secrets.
public record Tokens(List<Token> items) {}
