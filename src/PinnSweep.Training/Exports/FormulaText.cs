using System.Globalization;
using System.Text;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Training.Exports;

/// <summary>A function of the coordinates in the notation of problem files, whole, with brackets around every operation.</summary>
internal static class FormulaText
{
    // Shared parts are written out; the ansatz of any problem of the catalog is a few hundred letters.
    private const int Longest = 100_000;

    private static string Sign(BinaryOperation operation) => operation switch
    {
        BinaryOperation.Add => " + ",
        BinaryOperation.Subtract => " - ",
        BinaryOperation.Multiply => "*",
        BinaryOperation.Divide => "/",
        _ => throw new UserMistakeException($"this network cannot be exported as JSON: a condition that it keeps by construction has the operation {operation}"),
    };

    /// <summary>The text.</summary>
    /// <exception cref="UserMistakeException">A part of it is no formula, or it would be too long.</exception>
    public static string Of(Expr expression, Problem problem)
    {
        var text = new StringBuilder();
        Write(expression);
        return text.ToString();

        void Write(Expr part)
        {
            if (text.Length > Longest)
            {
                throw new UserMistakeException("this network cannot be exported as JSON: the formula of a condition that it keeps by construction is too long");
            }

            switch (part)
            {
                case Expr.Number number:
                    text.Append(number.Value.ToString("R", CultureInfo.InvariantCulture));
                    break;
                case Expr.CoordinateOf coordinate:
                    text.Append(problem.Axes[coordinate.Index].Name);
                    break;
                case Expr.Unary { Function: UnaryFunction.Power } power:
                    text.Append('(');
                    Write(power.Operand);
                    text.Append(")^").Append(power.Exponent.ToString("R", CultureInfo.InvariantCulture));
                    break;
                case Expr.Unary unary:
                    text.Append(unary.Function == UnaryFunction.Negate ? "(-" : $"{unary.Function.ToString().ToLowerInvariant()}(");
                    Write(unary.Operand);
                    text.Append(')');
                    break;
                case Expr.Binary binary:
                    text.Append('(');
                    Write(binary.Left);
                    text.Append(Sign(binary.Operation));
                    Write(binary.Right);
                    text.Append(')');
                    break;
                default:
                    throw new UserMistakeException($"this network cannot be exported as JSON: a condition that it keeps by construction depends on '{(part is Expr.KnownFunction known ? known.Name : part.ToString())}', which is no formula");
            }
        }
    }
}
