using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Trials;

/// <summary>
/// What the passes of a trial have in common with those of others, so that a device runs them as one program, and what the time of a step
/// depends on: the problem with its parameters, the network with its sizes, and the precision. Balancer, sampler, optimizer, time, seed and
/// budget are none of it. The engine is the worker's: of one shape it chooses the same for all. Where time is divided into windows, some
/// terms of later windows have programs of their own, which run beside the others. The only place that says what a shape is.
/// </summary>
/// <param name="Id">Equal for equal shapes: 16 hexadecimal digits.</param>
/// <param name="Words">The same for people, shortened: different shapes may have the same words.</param>
public sealed record TrialShape(string Id, string Words)
{
    private const int Digits = 16;
    private const int Longest = 120;

    /// <summary>
    /// Of a cell. In words <c>helmholtz, mlp hidden=[50,50,50], float64</c>; parameters that are words, and those of the problem, are left
    /// out there.
    /// </summary>
    public static TrialShape Of(CellLevels levels)
    {
        var whole = $"{levels.Problem} {levels.Network} {levels.Precision.ToWord()}";
        var sizes = levels.Network.Parameters.Entries
            .Where(entry => entry.Value is SpecValue.Number or SpecValue.List)
            .Select(entry => $" {entry.Key}={entry.Value.Canonical()}");
        var words = $"{levels.Problem.Kind}, {levels.Network.Kind}{string.Concat(sizes)}, {levels.Precision.ToWord()}";
        return new(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..Digits],
            words.Length <= Longest ? words : $"{words[..(Longest - 1)]}…");
    }

    /// <summary>Of a description's canonical text; null of one that this version cannot read.</summary>
    public static TrialShape? OfText(string description)
    {
        try
        {
            return Of(TrialDescription.ParseStored(description).Levels);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
