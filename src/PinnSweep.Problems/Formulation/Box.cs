using System.Collections.Immutable;

namespace PinnSweep.Problems.Formulation;

/// <summary>Sides of boxes, for problems to say where their conditions hold.</summary>
internal static class Box
{
    /// <summary>Both sides of each listed axis.</summary>
    public static ImmutableArray<Face> SidesOf(params ReadOnlySpan<int> axes)
    {
        var faces = ImmutableArray.CreateBuilder<Face>();
        foreach (var axis in axes)
        {
            faces.Add(new(axis, Upper: false));
            faces.Add(new(axis, Upper: true));
        }

        return faces.ToImmutable();
    }
}
