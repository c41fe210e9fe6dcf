// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Fault;
import dev.pharos.usp.Frozen;
import java.util.List;

/// The Error Message: the request failed as a whole (R-MSG.0).
///
/// @param parameterErrors which parameters failed, by absolute path; for Add, Set and Delete with
///     `allow_partial` false
public record UspError(Fault fault, List<ParameterError> parameterErrors) implements Body {
    public UspError {
        parameterErrors = Frozen.list(parameterErrors);
    }

    public UspError(Fault fault) {
        this(fault, List.of());
    }

    /// @param paramPath the absolute path of the parameter
    public record ParameterError(String paramPath, Fault fault) {}
}
