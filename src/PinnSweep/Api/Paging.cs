namespace PinnSweep.Api;

/// <summary>Which part of a list is wanted.</summary>
internal static class Paging
{
    private const int Usual = 100;

    public static (int Skip, int Take) Of(int? skip, int? take, int maximum)
    {
        if (skip < 0)
        {
            throw RefusalException.BadRequest($"skip {skip}: expected 0 or more");
        }

        return take is null or (> 0 and <= int.MaxValue)
            ? (skip ?? 0, Math.Min(take ?? Usual, maximum))
            : throw RefusalException.BadRequest($"take {take}: expected 1 to {maximum}");
    }
}
