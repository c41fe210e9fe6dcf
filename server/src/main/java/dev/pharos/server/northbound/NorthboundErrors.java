// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound;

import dev.pharos.controller.peer.CallException;
import dev.pharos.server.rest.ApiErrors;
import dev.pharos.server.rest.ApiException;
import dev.pharos.server.rest.json.Problem;
import dev.pharos.server.store.OthersDeviceException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/// Failures by the words of this API, which has two: 404 for an Agent that is not known, and 400 for all else that
/// failed. What the API says nothing of keeps its own: who asks, how much, how often, and that the database is gone.
/// The problem in the body is that of the REST interface.
@RestControllerAdvice(basePackageClasses = NorthboundErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class NorthboundErrors {
    private static final Set<Integer> KEPT = Set.of(401, 403, 404, 413, 429, 500, 503);

    private final ApiErrors errors;

    NorthboundErrors(ApiErrors errors) {
        this.errors = errors;
    }

    @ExceptionHandler
    ResponseEntity<Problem> onProblem(ApiException failure, HttpServletRequest request) {
        return ours(errors.onProblem(failure, request));
    }

    @ExceptionHandler
    ResponseEntity<Problem> onCall(CallException failure) {
        return ours(errors.onCall(failure));
    }

    @ExceptionHandler
    ResponseEntity<Problem> onOthers(OthersDeviceException taken) {
        return ours(errors.onOthers(taken));
    }

    /// Only Endpoint IDs are read from addresses.
    @ExceptionHandler
    ResponseEntity<Problem> onType(MethodArgumentTypeMismatchException wrong, HttpServletRequest request) {
        return ours(errors.onProblem(ApiException.unknownDevice(String.valueOf(wrong.getValue())), request));
    }

    private static ResponseEntity<Problem> ours(ResponseEntity<Problem> theirs) {
        Problem problem = theirs.getBody();
        if (problem == null || KEPT.contains(problem.status())) {
            return theirs;
        }
        return ResponseEntity.badRequest()
                .headers(theirs.getHeaders())
                .body(new Problem(
                        problem.type(),
                        problem.title(),
                        400,
                        problem.detail(),
                        problem.field(),
                        problem.errCode(),
                        problem.errMsg(),
                        problem.paramErrs(),
                        problem.approval()));
    }
}
