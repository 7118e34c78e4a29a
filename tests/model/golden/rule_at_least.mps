NAME        
ROWS
 N  NoObj   
 G  rule_at_least_first
COLUMNS
    quota_110000  rule_at_least_first  0.875
    quota_120000  rule_at_least_first  -0.125
    quota_130000  rule_at_least_first  -0.125
RHS
BOUNDS
 FR BOUND     quota_110000
 FR BOUND     quota_120000
 FR BOUND     quota_130000
ENDATA
