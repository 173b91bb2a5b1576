using System.Numerics;

namespace PinnSweep.Problems.References;

/// <summary>What the pointwise part of a <see cref="TorusEvolution"/> is told of an output: itself, a derivative, anything that is a product of modes.</summary>
/// <param name="Output">Which.</param>
/// <param name="Multiplier">Its modes' factor by wave numbers (in 1/length); ∂/∂x₀ is i k₀. Null for the output itself.</param>
internal sealed record TorusField(int Output, Func<double, double, Complex>? Multiplier = null);

/// <summary>What a product of a <see cref="TorusEvolution"/> gives to the slope of an output.</summary>
/// <param name="Output">Which; those behind the evolving outputs are not evolved but put out as they follow from them, such as a pressure.</param>
/// <param name="Product">Which.</param>
/// <param name="Multiplier">Its modes' factor by wave numbers.</param>
internal sealed record TorusPart(int Output, int Product, Func<double, double, Complex> Multiplier);

/// <summary>Computes the products at one point.</summary>
/// <param name="point">The two coordinates and time.</param>
/// <param name="fields">The values of <see cref="TorusEvolution.Fields"/>.</param>
/// <param name="products">Takes them.</param>
internal delegate void TorusProducts(ReadOnlySpan<double> point, ReadOnlySpan<double> fields, Span<double> products);
