// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.util.List;

/// All tenants, the first one first.
public record TenantList(List<TenantView> items) {}
