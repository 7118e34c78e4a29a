NAME        
ROWS
 N  NoObj   
 L  rule_at_most_1
COLUMNS
    quota_110000  rule_at_most_1  1
    quota_130000  rule_at_most_1  2
RHS
    RHS_V     rule_at_most_1  65
BOUNDS
 FR BOUND     quota_110000
 FR BOUND     quota_130000
ENDATA
