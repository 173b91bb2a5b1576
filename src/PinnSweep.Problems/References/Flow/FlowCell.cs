namespace PinnSweep.Problems.References.Flow;

/// <summary>A rectangle of an <see cref="FlowMesh"/>.</summary>
/// <param name="Nodes">The number of each of its nodes in the mesh.</param>
/// <param name="Left">Its smallest first coordinate.</param>
/// <param name="Width">Along the first coordinate.</param>
/// <param name="Bottom">Its smallest second coordinate.</param>
/// <param name="Height">Along the second coordinate.</param>
internal sealed record FlowCell(int[] Nodes, double Left, double Width, double Bottom, double Height)
{
    /// <summary>A point of the square [−1, 1]² as a point of the element.</summary>
    public (double X, double Y) Of((double X, double Y) place) => (Left + (Width * (place.X + 1) / 2), Bottom + (Height * (place.Y + 1) / 2));
}
