// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

/// What is done about a [Candidate].
public sealed interface Decision {

    /// Its next request is sent, where there is room.
    record Begin() implements Decision {}

    /// It stands so, without a request.
    record Stand(TargetState state) implements Decision {}
}
