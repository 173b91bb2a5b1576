using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Training.Results;

/// <summary>Expressions in the names of their problem, as its file writes them: <c>u*u_x</c>, <c>1 - x</c>.</summary>
internal static class ExpressionWords
{
    private const int Longest = 60;

    /// <summary>The text; a long one is cut, because shared parts would be written out without end.</summary>
    public static string Of(Expr expression, Problem problem)
    {
        var text = new StringBuilder();
        Write(expression, 0);
        return text.Length > Longest ? $"{text.ToString(0, Longest)}…" : text.ToString();

        // Level: 0 a sum may stand bare, 1 a product, 2 a factor or an argument of a power.
        void Write(Expr node, int level)
        {
            if (text.Length > Longest)
            {
                return;
            }

            switch (node)
            {
                case Expr.Number number:
                    text.Append(CultureInfo.InvariantCulture, $"{number.Value}");
                    break;
                case Expr.CoordinateOf coordinate:
                    text.Append(problem.Axes[coordinate.Index].Name);
                    break;
                case Expr.CoefficientOf coefficient:
                    text.Append(problem.Unknowns[coefficient.Index].Name);
                    break;
                case Expr.KnownFunction function:
                    text.Append(function.Name);
                    break;
                case Expr.Derivative derivative:
                    text.Append(problem.IsInAnsatz ? "N" : problem.Outputs[derivative.Output]).Append(Orders(derivative.Orders, problem));
                    break;
                case Expr.Unary { Function: UnaryFunction.Negate } negated:
                    Bracketed(level > 0, () => Put("-", negated.Operand, 1));
                    break;
                case Expr.Unary { Function: UnaryFunction.Power } power:
                    Write(power.Operand, 2);
                    text.Append(CultureInfo.InvariantCulture, $"^{power.Exponent}");
                    break;
                case Expr.Unary unary:
                    text.Append(unary.Function.ToString().ToLowerInvariant());
                    Bracketed(true, () => Write(unary.Operand, 0));
                    break;
                case Expr.Binary { Operation: BinaryOperation.WherePositive or BinaryOperation.WhereNotNegative } choice:
                    text.Append("where(");
                    Write(choice.Right, 0);
                    Put(choice.Operation == BinaryOperation.WherePositive ? " > 0, " : " >= 0, ", choice.Left, 0);
                    text.Append(", 0)");
                    break;
                case Expr.Binary binary:
                    var (word, own) = binary.Operation switch
                    {
                        BinaryOperation.Add => (" + ", 0),
                        BinaryOperation.Subtract => (" - ", 0),
                        BinaryOperation.Multiply => ("*", 1),
                        _ => ("/", 1),
                    };
                    Bracketed(level > own, () =>
                    {
                        Write(binary.Left, own);
                        Put(word, binary.Right, own + (binary.Operation is BinaryOperation.Subtract or BinaryOperation.Divide ? 1 : 0));
                    });
                    break;
            }
        }

        void Put(string word, Expr node, int level)
        {
            text.Append(word);
            Write(node, level);
        }

        void Bracketed(bool isNeeded, Action write)
        {
            text.Append(isNeeded ? "(" : "");
            write();
            text.Append(isNeeded ? ")" : "");
        }
    }

    private static string Orders(ImmutableArray<int> orders, Problem problem) =>
        orders.All(order => order == 0) ? "" : $"_{string.Concat(orders.SelectMany((order, axis) => Enumerable.Repeat(problem.Axes[axis].Name, order)))}";
}
