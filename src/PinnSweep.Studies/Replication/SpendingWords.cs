namespace PinnSweep.Studies.Replication;

/// <summary>The words of study files for <see cref="SpendingFunction"/>.</summary>
public static class SpendingWords
{
    /// <summary>Both, the default first.</summary>
    public static IReadOnlyList<SpendingFunction> All { get; } = Enum.GetValues<SpendingFunction>();

    /// <summary><c>o-brien-fleming</c> or <c>pocock</c>.</summary>
    public static string ToWord(this SpendingFunction spending) =>
        spending == SpendingFunction.OBrienFleming ? "o-brien-fleming" : "pocock";

    /// <summary>The inverse of <see cref="ToWord"/>; null for any other word.</summary>
    public static SpendingFunction? FromWord(string word) =>
        All.Where(spending => spending.ToWord() == word).Select(spending => (SpendingFunction?)spending).FirstOrDefault();
}
