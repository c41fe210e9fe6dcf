// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.QueryException;
import dev.pharos.controller.query.UnresolvedGroupException;

/// Reads the query of a job when it starts, with the groups that it means.
@FunctionalInterface
public interface AudienceReader {
    Condition read(String query) throws QueryException, UnresolvedGroupException;
}
