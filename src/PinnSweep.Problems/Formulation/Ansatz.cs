using PinnSweep.Jets.Expressions;

namespace PinnSweep.Problems.Formulation;

/// <summary>
/// A form of an output that keeps conditions whatever the network says: u = lift + multiplier · N with functions of the coordinates. Where
/// the multiplier vanishes the lift alone stands; where it vanishes with its derivative, so do the first derivatives.
/// </summary>
/// <param name="Lift">g: takes the values that conditions prescribe.</param>
/// <param name="Multiplier">m: zero where values are prescribed, of size one elsewhere.</param>
public sealed record Ansatz(Expr Lift, Expr Multiplier);
