using PinnSweep.Jets.Expressions;

namespace PinnSweep.Problems.Formulation;

/// <summary>
/// Bounds that a trained coefficient c cannot leave, because another number θ is trained: c = a + exp θ above a, b − exp θ below b, and
/// between the two the middle plus half the width times tanh θ. A step of any optimizer keeps them, as a projection after the step would
/// not inside a line search; and a positive coefficient is looked for by factors, as sizes are.
/// </summary>
/// <param name="Lower">a; minus infinity for none.</param>
/// <param name="Upper">b; infinity for none.</param>
public sealed record CoefficientBounds(double Lower, double Upper)
{
    private double Middle => Lower + Half;

    private double Half => (Upper - Lower) / 2;

    private bool IsBetween => double.IsFinite(Lower) && double.IsFinite(Upper);

    /// <summary>Whether a value lies inside.</summary>
    public bool Holds(double value) => value > Lower && value < Upper;

    /// <summary>The θ of a value inside; the one nearest to it that is finite where it lies on a bound.</summary>
    public double ToTheta(double value) => IsBetween ? Math.Atanh(Math.Clamp((value - Middle) / Half, -1 + 1e-9, 1 - 1e-9))
        : Math.Log(Math.Max(double.IsFinite(Lower) ? value - Lower : Upper - value, 1e-300));

    /// <summary>The value of a θ.</summary>
    public double ToValue(double theta) => IsBetween ? Middle + (Half * Math.Tanh(theta)) : double.IsFinite(Lower) ? Lower + Math.Exp(theta) : Upper - Math.Exp(theta);

    /// <summary>The same as constant + factor · function.</summary>
    public (double Constant, double Factor, Expr Function) Of(Expr theta) =>
        IsBetween ? (Middle, Half, Expr.Tanh(theta)) : double.IsFinite(Lower) ? (Lower, 1, Expr.Exp(theta)) : (Upper, -1, Expr.Exp(theta));
}
