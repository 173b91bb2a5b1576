using System.Collections.Immutable;

namespace PinnSweep.Problems.Places;

/// <summary>Pieces of a boundary one after another, whether they touch or not.</summary>
internal sealed class PieceChain : IPlaneCurve
{
    private readonly ImmutableArray<BoundaryPiece> _pieces;
    private readonly double[] _until;

    /// <summary>One or more pieces.</summary>
    public PieceChain(ImmutableArray<BoundaryPiece> pieces)
    {
        _pieces = pieces;
        var sum = 0.0;
        _until = [.. pieces.Select(piece => sum += piece.Length)];
    }

    public double Length => _until[^1];

    public bool IsClosed => _pieces is [Arc { IsClosed: true }];

    public PlanePoint At(double share)
    {
        var at = share * Length;
        var index = 0;
        while (index < _until.Length - 1 && at > _until[index])
        {
            index++;
        }

        return _pieces[index].At(Math.Clamp((at - _until[index] + _pieces[index].Length) / _pieces[index].Length, 0, 1));
    }
}
