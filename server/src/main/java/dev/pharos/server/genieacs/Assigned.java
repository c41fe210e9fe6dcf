// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.genieacs;

import java.util.Map;
import org.mozilla.javascript.ast.Assignment;
import org.mozilla.javascript.ast.AstNode;
import org.mozilla.javascript.ast.FunctionNode;
import org.mozilla.javascript.ast.Name;
import org.mozilla.javascript.ast.UnaryExpression;
import org.mozilla.javascript.ast.UpdateExpression;
import org.mozilla.javascript.ast.VariableInitializer;

/// Variables that a statement may change which is not followed: what they are is not known from there on.
final class Assigned {
    private final Map<String, Said> variables;

    Assigned(Map<String, Said> variables) {
        this.variables = variables;
    }

    void of(AstNode statement) {
        statement.visit(node -> {
            switch (node) {
                case Assignment given -> forget(given.getLeft());
                case VariableInitializer initializer -> forget(initializer.getTarget());
                case UpdateExpression update -> forget(update.getOperand());
                case UnaryExpression unary -> forget(unary.getOperand());
                case FunctionNode function
                when function.getFunctionName() != null -> forget(function.getFunctionName());
                default -> {}
            }
            return true;
        });
    }

    private void forget(AstNode target) {
        target.visit(node -> {
            if (node instanceof Name name) {
                variables.put(name.getIdentifier(), new Said.Unknown(name.getIdentifier() + " depends on a condition"));
            }
            return true;
        });
    }
}
