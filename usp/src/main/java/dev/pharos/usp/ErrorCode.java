// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp;

/// A USP error code: one of the standard's, one of the data model's, one of a vendor's, or a number that
/// nobody assigned and that is carried without loss.
public sealed interface ErrorCode permits StandardErrorCode, OtherErrorCode {
    /// The number on the wire (fixed32, unsigned; kept as a positive int, 0 where a field says "no error").
    int code();

    /// A short name for people, such as `Invalid path`.
    String title();

    /// The code of this number: every number has one.
    static ErrorCode of(int code) {
        StandardErrorCode standard = StandardErrorCode.byCode(code);
        return standard != null ? standard : new OtherErrorCode(code);
    }
}
