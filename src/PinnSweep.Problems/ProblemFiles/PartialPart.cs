using PinnSweep.Jets.Expressions;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>A part of an expression that has no value everywhere.</summary>
/// <param name="Part">A quotient, a function or a power.</param>
/// <param name="Column">Where its operator or its name stands, from 1 within the text.</param>
/// <param name="Text">What was written: of a quotient the divisor.</param>
internal readonly record struct PartialPart(Expr Part, int Column, string Text);
