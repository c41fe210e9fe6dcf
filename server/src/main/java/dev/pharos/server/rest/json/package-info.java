// SPDX-License-Identifier: Apache-2.0
/// What the REST interface says and takes, as records: the OpenAPI document is made from them. USP's own structure
/// and names, in camelCase.
@NullMarked
package dev.pharos.server.rest.json;

import org.jspecify.annotations.NullMarked;
