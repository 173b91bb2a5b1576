namespace PinnSweep.Methods.Samplers.Parts;

/// <summary>The designs of points, in the order in which study files offer them.</summary>
internal enum PointDesign
{
    Uniform,
    Grid,
    Lhs,
    Sobol,
    Halton,
    Hammersley,
}
