// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.ParameterError;
import dev.pharos.usp.message.UspError;
import java.util.ArrayList;
import java.util.List;

/// Takes a transaction back and says what to answer instead. Like [dev.pharos.usp.UspException] an answer and
/// not a defect: it has no stack trace and never leaves this package.
final class MessageRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient UspError error;

    MessageRefusal(UspError error) {
        super(error.fault().toString(), null, false, false);
        this.error = error;
    }

    UspError error() {
        return error;
    }

    /// Failures of several objects and parameters, gathered for one Error.
    static final class Collector {
        private final List<UspError.ParameterError> errors = new ArrayList<>();
        private boolean parameters;

        void object(String path, Fault fault) {
            errors.add(new UspError.ParameterError(path, fault));
        }

        void parameters(String objectPath, List<ParameterError> failures) {
            parameters = true;
            for (ParameterError failure : failures) {
                errors.add(new UspError.ParameterError(objectPath + failure.param(), failure.fault()));
            }
        }

        /// @throws MessageRefusal where anything failed
        void throwIfAny() {
            if (errors.isEmpty()) {
                return;
            }
            Fault first = errors.getFirst().fault();
            Fault whole = parameters || errors.size() > 1
                    ? new Fault(StandardErrorCode.INVALID_ARGUMENTS, first.toString())
                    : first;
            throw new MessageRefusal(new UspError(whole, errors));
        }
    }
}
