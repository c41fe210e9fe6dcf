// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;

/// Everyone who may sign in by name and password.
public record UserPage(List<User> items) {}
