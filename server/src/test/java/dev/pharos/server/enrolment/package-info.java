// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.pharos.server.enrolment;

import org.jspecify.annotations.NullMarked;
