// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.query;

/// How texts are compared.
public enum TextComparison {
    IS,
    IS_NOT,
    CONTAINS
}
